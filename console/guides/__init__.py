"""Guides: the family guides and brochures that questions are answered from."""
