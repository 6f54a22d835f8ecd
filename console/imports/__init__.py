"""Spreadsheets that coordinators bring in: upload, columns, dry run, import, undoing it."""
