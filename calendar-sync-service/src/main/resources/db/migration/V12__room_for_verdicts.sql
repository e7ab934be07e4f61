-- Each item of a first sync is written twice: before it is sent, and with what scheduling-service made of it. With room on its
-- page the second one touches no index.
ALTER TABLE feed_item SET (fillfactor = 50);
