"""The command line: thin faces of the pipeline and the workspace, in Japanese."""
