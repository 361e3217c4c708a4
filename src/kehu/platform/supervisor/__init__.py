"""The process tree of `kehu serve`: a small process, which never imports Django, keeps server, web and worker up."""
