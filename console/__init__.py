"""The console: coordinators keep the knowledge base true. Server-rendered, works without JavaScript.

It stands on `knowledge` and on the public door's parts (`widget`), which know nothing of it.
"""
