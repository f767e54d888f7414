"""Reading a notice: document, outline, targets, tasks, bodies, dates, into a Plan."""
