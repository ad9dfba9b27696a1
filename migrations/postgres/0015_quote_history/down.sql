DROP TABLE rejected_quotes;
DROP TABLE quote_changes;
