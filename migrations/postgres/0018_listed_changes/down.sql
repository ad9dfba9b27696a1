ALTER TABLE changes DROP COLUMN listed;
