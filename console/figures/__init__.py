"""Figures that coordinators look at: sentences, plots, tables; never a number that could be somebody."""
