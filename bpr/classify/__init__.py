"""Classifying: person > the survey's own answers > model; each class with its reason."""
