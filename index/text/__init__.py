"""The text of an article goes in; paragraphs, sentences, boilerplate and passages come out.

Everything is a range of the text; this room knows no store.
"""
