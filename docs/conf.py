"""The settings of Sphinx for the documentation site. `python scripts/build_docs.py` builds it."""

from mlspeclint import __version__

project = "mlspeclint"
author = "the mlspeclint contributors"
release = version = __version__
language = "en"

extensions = ["myst_parser", "docs_site.extension"]
nitpicky = True
smartquotes = False  # `--today` is an option, no dash

myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 4
# What a spec or a table holds is text: no markup of it goes into a page as it is.
myst_disable_syntax = ["html_block", "html_inline"]

html_theme = "furo"
html_title = f"mlspeclint {version}"
html_copy_source = False
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_show_copyright = False

# Only with a network: `sphinx-build -b linkcheck -c docs build/docs/source build/docs/links`
linkcheck_timeout = 20
linkcheck_retries = 2
linkcheck_anchors = False
linkcheck_ignore = [
    r"https://doi\.org/",  # publishers turn programs away; the resolver itself answers
    r"https://example\.com/",
]
