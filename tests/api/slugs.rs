//! Slugs that change: the old one leads on, and nobody takes it without a word.
