CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  username VARCHAR(30) NOT NULL UNIQUE,
  full_name VARCHAR(80) NOT NULL,
  email VARCHAR(120),
  role VARCHAR(20) NOT NULL,
  team VARCHAR(30),
  manager_id INTEGER REFERENCES users(id),
  hired_on DATE NOT NULL,
  is_active BOOLEAN NOT NULL DEFAULT 1
);

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  project_key VARCHAR(10) NOT NULL UNIQUE,
  name VARCHAR(80) NOT NULL,
  lead_id INTEGER REFERENCES users(id),
  status VARCHAR(20) NOT NULL,
  started_on DATE,
  budget_hours DECIMAL(10,2)
);

CREATE TABLE components (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects(id),
  name VARCHAR(60) NOT NULL,
  owner_id INTEGER REFERENCES users(id)
);

CREATE TABLE releases (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects(id),
  version VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  planned_on DATE NOT NULL,
  released_on DATE
);

CREATE TABLE sprints (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects(id),
  name VARCHAR(60) NOT NULL,
  goal VARCHAR(200),
  state VARCHAR(10) NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  capacity_hours DECIMAL(10,2)
);

CREATE TABLE issues (
  id INTEGER PRIMARY KEY,
  issue_key VARCHAR(15) NOT NULL UNIQUE,
  project_id INTEGER NOT NULL REFERENCES projects(id),
  component_id INTEGER REFERENCES components(id),
  sprint_id INTEGER REFERENCES sprints(id),
  fix_release_id INTEGER REFERENCES releases(id),
  issue_type VARCHAR(10) NOT NULL,
  title VARCHAR(200) NOT NULL,
  priority VARCHAR(10) NOT NULL,
  status VARCHAR(20) NOT NULL,
  reporter_id INTEGER NOT NULL REFERENCES users(id),
  assignee_id INTEGER REFERENCES users(id),
  story_points INTEGER,
  estimate_hours DECIMAL(10,2),
  created_at DATETIME NOT NULL,
  due_on DATE,
  closed_at DATETIME
);

CREATE TABLE comments (
  id INTEGER PRIMARY KEY,
  issue_id INTEGER NOT NULL REFERENCES issues(id),
  author_id INTEGER NOT NULL REFERENCES users(id),
  body TEXT NOT NULL,
  is_internal BOOLEAN NOT NULL DEFAULT 0,
  created_at DATETIME NOT NULL
);

CREATE TABLE labels (
  id INTEGER PRIMARY KEY,
  name VARCHAR(30) NOT NULL UNIQUE,
  color VARCHAR(7)
);

CREATE TABLE issue_labels (
  issue_id INTEGER NOT NULL REFERENCES issues(id),
  label_id INTEGER NOT NULL REFERENCES labels(id),
  PRIMARY KEY (issue_id, label_id)
);

CREATE TABLE time_logs (
  id INTEGER PRIMARY KEY,
  issue_id INTEGER NOT NULL REFERENCES issues(id),
  user_id INTEGER NOT NULL REFERENCES users(id),
  worked_on DATE NOT NULL,
  hours DECIMAL(10,2) NOT NULL,
  is_billable BOOLEAN NOT NULL,
  note VARCHAR(200)
);
