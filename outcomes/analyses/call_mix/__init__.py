"""Easy calls? The mix of calls taken beside the mix that came in."""
