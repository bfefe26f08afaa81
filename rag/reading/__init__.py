"""Passages come in; their sentences go out as evidence, best first, with likely answer spans.

Knows no confidence and no refusal, nor where the passages come from.
"""
