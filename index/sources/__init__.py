"""The formats articles come in: each yields articles or named rejects."""
