CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  fullName VARCHAR(60) NOT NULL,
  email VARCHAR(80) NOT NULL,
  role VARCHAR(20) NOT NULL,
  team VARCHAR(20),
  joinedOn DATE NOT NULL,
  hourlyRate DECIMAL(10,2) NOT NULL,
  isActive BOOLEAN NOT NULL
);

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  projectKey VARCHAR(5) NOT NULL,
  name VARCHAR(40) NOT NULL,
  leadId INTEGER REFERENCES users(id),
  status VARCHAR(12) NOT NULL,
  startDate DATE NOT NULL,
  endDate DATE,
  budget DECIMAL(10,2)
);

CREATE TABLE sprints (
  id INTEGER PRIMARY KEY,
  projectId INTEGER NOT NULL REFERENCES projects(id),
  name VARCHAR(40) NOT NULL,
  goal VARCHAR(120),
  state VARCHAR(10) NOT NULL,
  startDate DATE NOT NULL,
  endDate DATE NOT NULL
);

CREATE TABLE labels (
  id INTEGER PRIMARY KEY,
  name VARCHAR(30) NOT NULL,
  color VARCHAR(7)
);

CREATE TABLE issues (
  id INTEGER PRIMARY KEY,
  issueKey VARCHAR(10) NOT NULL,
  projectId INTEGER NOT NULL REFERENCES projects(id),
  sprintId INTEGER REFERENCES sprints(id),
  title VARCHAR(120) NOT NULL,
  issueType VARCHAR(10) NOT NULL,
  status VARCHAR(12) NOT NULL,
  priority VARCHAR(10) NOT NULL,
  reporterId INTEGER NOT NULL REFERENCES users(id),
  assigneeId INTEGER REFERENCES users(id),
  storyPoints INTEGER,
  createdAt DATETIME NOT NULL,
  dueDate DATE,
  resolvedAt DATETIME
);

CREATE TABLE issueLabels (
  issueId INTEGER NOT NULL REFERENCES issues(id),
  labelId INTEGER NOT NULL REFERENCES labels(id),
  PRIMARY KEY (issueId, labelId)
);

CREATE TABLE comments (
  id INTEGER PRIMARY KEY,
  issueId INTEGER NOT NULL REFERENCES issues(id),
  authorId INTEGER NOT NULL REFERENCES users(id),
  body VARCHAR(400) NOT NULL,
  createdAt DATETIME NOT NULL
);

CREATE TABLE timeEntries (
  id INTEGER PRIMARY KEY,
  issueId INTEGER NOT NULL REFERENCES issues(id),
  userId INTEGER NOT NULL REFERENCES users(id),
  workDate DATE NOT NULL,
  hours DECIMAL(5,2) NOT NULL,
  isBillable BOOLEAN NOT NULL,
  note VARCHAR(120)
);
