"""The pages of the documentation site that are made from the sources. `build_docs.py` builds the site."""
