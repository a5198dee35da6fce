"""The only place where store meets judgement: stored figures in, one frozen Report out.

`build` puts the sections together. A section is computed in a module that is called what it is about, and its types
are in `content_…`. `protection` holds the plan of what may be published, and `hiding` cuts a section by it.
`publication` is all Reports of one document.
"""
