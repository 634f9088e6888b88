"""YAML to a tree in which every key and every value knows its range."""
