"""From a folder of an author's files to flows the engine can run, or to everything wrong with them."""
