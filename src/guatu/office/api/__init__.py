"""The interface for programs: the same figures, duties and problems as the pages, under the same permissions."""
