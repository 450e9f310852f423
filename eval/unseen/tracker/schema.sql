CREATE TABLE teams (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  office TEXT NOT NULL
);
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  displayName TEXT NOT NULL,
  email TEXT NOT NULL,
  teamId INTEGER REFERENCES teams (id),
  role TEXT NOT NULL,
  createdAt TIMESTAMP NOT NULL,
  deactivatedAt TIMESTAMP
);
CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  projectKey TEXT NOT NULL,
  name TEXT NOT NULL,
  leadId INTEGER NOT NULL REFERENCES users (id),
  isArchived BOOLEAN NOT NULL
);
CREATE TABLE issues (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  projectId INTEGER NOT NULL REFERENCES projects (id),
  issueType TEXT NOT NULL,
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  reporterId INTEGER NOT NULL REFERENCES users (id),
  assigneeId INTEGER REFERENCES users (id),
  storyPoints INTEGER,
  createdAt TIMESTAMP NOT NULL,
  resolvedAt TIMESTAMP
);
CREATE TABLE comments (
  id INTEGER PRIMARY KEY,
  issueId INTEGER NOT NULL REFERENCES issues (id),
  authorId INTEGER NOT NULL REFERENCES users (id),
  isInternal BOOLEAN NOT NULL,
  postedAt TIMESTAMP NOT NULL
);
CREATE TABLE labels (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE TABLE issueLabels (
  issueId INTEGER NOT NULL REFERENCES issues (id),
  labelId INTEGER NOT NULL REFERENCES labels (id),
  PRIMARY KEY (issueId, labelId)
);
CREATE TABLE worklogs (
  id INTEGER PRIMARY KEY,
  issueId INTEGER NOT NULL REFERENCES issues (id),
  userId INTEGER NOT NULL REFERENCES users (id),
  workedOn DATE NOT NULL,
  minutes INTEGER NOT NULL
);
