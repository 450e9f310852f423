CREATE TABLE conferences (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL, startDate TEXT NOT NULL, endDate TEXT NOT NULL,
  ticketPrice REAL NOT NULL
);
CREATE TABLE rooms (id INTEGER PRIMARY KEY, roomName TEXT NOT NULL, capacity INTEGER NOT NULL, floor INTEGER NOT NULL);
CREATE TABLE speakers (id INTEGER PRIMARY KEY, fullName TEXT NOT NULL, company TEXT, country TEXT NOT NULL);
CREATE TABLE talks (
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, conferenceId INTEGER NOT NULL REFERENCES conferences (id),
  roomId INTEGER REFERENCES rooms (id), track TEXT NOT NULL, difficulty TEXT NOT NULL, startsAt TEXT NOT NULL,
  durationMinutes INTEGER NOT NULL, avgRating REAL
);
CREATE TABLE talkSpeakers (
  talkId INTEGER NOT NULL REFERENCES talks (id), speakerId INTEGER NOT NULL REFERENCES speakers (id),
  PRIMARY KEY (talkId, speakerId)
);
CREATE TABLE attendees (
  id INTEGER PRIMARY KEY, fullName TEXT NOT NULL, email TEXT, employer TEXT, country TEXT NOT NULL
);
CREATE TABLE registrations (
  id INTEGER PRIMARY KEY, conferenceId INTEGER NOT NULL REFERENCES conferences (id),
  attendeeId INTEGER NOT NULL REFERENCES attendees (id), registeredOn TEXT NOT NULL, ticketType TEXT NOT NULL,
  amountPaid REAL NOT NULL, cancelledOn TEXT, checkedIn INTEGER
);
CREATE TABLE sponsors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, industry TEXT NOT NULL);
CREATE TABLE sponsorships (
  id INTEGER PRIMARY KEY, sponsorId INTEGER NOT NULL REFERENCES sponsors (id),
  conferenceId INTEGER NOT NULL REFERENCES conferences (id), tier TEXT NOT NULL, contribution REAL
);
