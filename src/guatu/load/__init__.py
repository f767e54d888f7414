"""Data at the door: the workspace, tables checked whole before anything is stored, batches that only grow."""
