CREATE TABLE artists (artist_id INTEGER PRIMARY KEY, artist_name TEXT NOT NULL, genre TEXT NOT NULL, country TEXT NOT NULL, formed_year INTEGER);
CREATE TABLE albums (
  album_id INTEGER PRIMARY KEY, artist_id INTEGER NOT NULL REFERENCES artists (artist_id), album_title TEXT NOT NULL,
  label TEXT, release_date TEXT NOT NULL
);
CREATE TABLE tracks (
  track_id INTEGER PRIMARY KEY, album_id INTEGER NOT NULL REFERENCES albums (album_id), track_title TEXT NOT NULL,
  duration_sec INTEGER NOT NULL, explicit INTEGER NOT NULL
);
CREATE TABLE listeners (
  listener_id INTEGER PRIMARY KEY, nickname TEXT NOT NULL, country TEXT NOT NULL, subscription TEXT NOT NULL, signed_up TEXT NOT NULL
);
CREATE TABLE plays (
  play_id INTEGER PRIMARY KEY, track_id INTEGER NOT NULL REFERENCES tracks (track_id),
  listener_id INTEGER NOT NULL REFERENCES listeners (listener_id), played_at TEXT NOT NULL, device TEXT NOT NULL
);
