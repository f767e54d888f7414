"""Published cases: a row of input goes to one public function and its answer is held against the printed one."""
