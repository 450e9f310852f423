CREATE TABLE donors (
  id INTEGER PRIMARY KEY, fullName TEXT NOT NULL, donorType TEXT NOT NULL, country TEXT NOT NULL,
  newsletter INTEGER NOT NULL, createdAt TEXT NOT NULL
);
CREATE TABLE campaigns (id INTEGER PRIMARY KEY, title TEXT NOT NULL, goalAmount INTEGER NOT NULL, startDate TEXT NOT NULL, endDate TEXT);
CREATE TABLE donations (
  id INTEGER PRIMARY KEY, donorId INTEGER NOT NULL REFERENCES donors (id), campaignId INTEGER REFERENCES campaigns (id),
  amount REAL NOT NULL, giftAid INTEGER NOT NULL, paymentMethod TEXT NOT NULL, receivedOn TEXT NOT NULL
);
CREATE TABLE volunteers (id INTEGER PRIMARY KEY, fullName TEXT NOT NULL, town TEXT NOT NULL, hoursPerWeek INTEGER, since TEXT NOT NULL);
CREATE TABLE events (id INTEGER PRIMARY KEY, title TEXT NOT NULL, venue TEXT NOT NULL, heldOn TEXT NOT NULL, campaignId INTEGER REFERENCES campaigns (id));
CREATE TABLE eventVolunteers (
  eventId INTEGER NOT NULL REFERENCES events (id), volunteerId INTEGER NOT NULL REFERENCES volunteers (id), role TEXT NOT NULL,
  PRIMARY KEY (eventId, volunteerId)
);
