"""Articles to records. The only room that knows spaCy: one component a module, one exit from `Doc` to records."""
