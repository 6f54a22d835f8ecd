"""Whether the web addresses of offerings and guides still answer: asked politely, in the background."""
