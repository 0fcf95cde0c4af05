"""The generated parts of docs/: the language and the figures from the code, contents, pictures.

`python -m tools.docs` writes them all anew; tests/docs holds what is committed to what it gives.
"""
