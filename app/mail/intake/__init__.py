"""Taking mail in: from mail servers, over HTTP and from the sandbox, into the journal. What it says comes later."""
