"""The app in the browser: navigation.py, one file a page, and the components that pages are made of."""
