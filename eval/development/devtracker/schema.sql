CREATE TABLE teams (
  id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  location VARCHAR(40),
  created_on DATE NOT NULL
);

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  team_id INTEGER,
  username VARCHAR(30) NOT NULL,
  full_name VARCHAR(60) NOT NULL,
  email VARCHAR(100) NOT NULL,
  role VARCHAR(20) NOT NULL,
  is_active BOOLEAN NOT NULL,
  joined_on DATE NOT NULL,
  FOREIGN KEY (team_id) REFERENCES teams(id)
);

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  team_id INTEGER,
  lead_id INTEGER,
  project_key VARCHAR(10) NOT NULL,
  name VARCHAR(60) NOT NULL,
  status VARCHAR(15) NOT NULL,
  start_date DATE NOT NULL,
  target_date DATE,
  FOREIGN KEY (team_id) REFERENCES teams(id),
  FOREIGN KEY (lead_id) REFERENCES users(id)
);

CREATE TABLE sprints (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL,
  name VARCHAR(40) NOT NULL,
  goal VARCHAR(120),
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  status VARCHAR(15) NOT NULL,
  FOREIGN KEY (project_id) REFERENCES projects(id)
);

CREATE TABLE releases (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL,
  version VARCHAR(20) NOT NULL,
  status VARCHAR(15) NOT NULL,
  planned_date DATE NOT NULL,
  released_on DATE,
  FOREIGN KEY (project_id) REFERENCES projects(id)
);

CREATE TABLE issues (
  id INTEGER PRIMARY KEY,
  issue_key VARCHAR(12) NOT NULL,
  project_id INTEGER NOT NULL,
  sprint_id INTEGER,
  release_id INTEGER,
  title VARCHAR(120) NOT NULL,
  issue_type VARCHAR(15) NOT NULL,
  priority VARCHAR(10) NOT NULL,
  status VARCHAR(15) NOT NULL,
  reporter_id INTEGER NOT NULL,
  assignee_id INTEGER,
  story_points INTEGER,
  created_at TIMESTAMP NOT NULL,
  due_date DATE,
  closed_at TIMESTAMP,
  FOREIGN KEY (project_id) REFERENCES projects(id),
  FOREIGN KEY (sprint_id) REFERENCES sprints(id),
  FOREIGN KEY (release_id) REFERENCES releases(id),
  FOREIGN KEY (reporter_id) REFERENCES users(id),
  FOREIGN KEY (assignee_id) REFERENCES users(id)
);

CREATE TABLE comments (
  id INTEGER PRIMARY KEY,
  issue_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  body VARCHAR(500) NOT NULL,
  created_at TIMESTAMP NOT NULL,
  FOREIGN KEY (issue_id) REFERENCES issues(id),
  FOREIGN KEY (user_id) REFERENCES users(id)
);

CREATE TABLE labels (
  id INTEGER PRIMARY KEY,
  name VARCHAR(30) NOT NULL,
  color VARCHAR(7)
);

CREATE TABLE issue_labels (
  issue_id INTEGER NOT NULL,
  label_id INTEGER NOT NULL,
  PRIMARY KEY (issue_id, label_id),
  FOREIGN KEY (issue_id) REFERENCES issues(id),
  FOREIGN KEY (label_id) REFERENCES labels(id)
);

CREATE TABLE time_logs (
  id INTEGER PRIMARY KEY,
  issue_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  work_date DATE NOT NULL,
  hours DECIMAL(5,2) NOT NULL,
  is_billable BOOLEAN NOT NULL,
  note VARCHAR(200),
  FOREIGN KEY (issue_id) REFERENCES issues(id),
  FOREIGN KEY (user_id) REFERENCES users(id)
);

