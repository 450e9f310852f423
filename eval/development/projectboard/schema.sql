CREATE TABLE teams (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  department VARCHAR(40) NOT NULL,
  lead_member_id INTEGER,
  created_on DATE NOT NULL,
  FOREIGN KEY (lead_member_id) REFERENCES members (id)
);

CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  email VARCHAR(120) NOT NULL,
  team_id INTEGER,
  role VARCHAR(30) NOT NULL,
  city VARCHAR(40),
  hourly_rate DECIMAL(10,2),
  joined_on DATE NOT NULL,
  is_active BOOLEAN NOT NULL,
  FOREIGN KEY (team_id) REFERENCES teams (id)
);

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  team_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  client_name VARCHAR(80),
  status VARCHAR(20) NOT NULL,
  budget DECIMAL(12,2),
  start_date DATE NOT NULL,
  due_date DATE NOT NULL,
  completed_on DATE,
  FOREIGN KEY (team_id) REFERENCES teams (id),
  FOREIGN KEY (owner_id) REFERENCES members (id)
);

CREATE TABLE milestones (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL,
  name VARCHAR(80) NOT NULL,
  due_date DATE NOT NULL,
  reached_on DATE,
  FOREIGN KEY (project_id) REFERENCES projects (id)
);

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL,
  milestone_id INTEGER,
  title VARCHAR(120) NOT NULL,
  status VARCHAR(20) NOT NULL,
  priority VARCHAR(10) NOT NULL,
  created_by_id INTEGER NOT NULL,
  created_at DATETIME NOT NULL,
  due_date DATE,
  completed_at DATETIME,
  estimated_hours DECIMAL(6,2),
  FOREIGN KEY (project_id) REFERENCES projects (id),
  FOREIGN KEY (milestone_id) REFERENCES milestones (id),
  FOREIGN KEY (created_by_id) REFERENCES members (id)
);

CREATE TABLE task_assignments (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  assigned_at DATETIME NOT NULL,
  FOREIGN KEY (task_id) REFERENCES tasks (id),
  FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE TABLE comments (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  body TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  FOREIGN KEY (task_id) REFERENCES tasks (id),
  FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE TABLE time_entries (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  work_date DATE NOT NULL,
  hours DECIMAL(5,2) NOT NULL,
  is_billable BOOLEAN NOT NULL,
  note VARCHAR(200),
  FOREIGN KEY (task_id) REFERENCES tasks (id),
  FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL,
  uploaded_by_id INTEGER NOT NULL,
  file_name VARCHAR(150) NOT NULL,
  file_type VARCHAR(10) NOT NULL,
  size_kb INTEGER NOT NULL,
  uploaded_at DATETIME NOT NULL,
  FOREIGN KEY (task_id) REFERENCES tasks (id),
  FOREIGN KEY (uploaded_by_id) REFERENCES members (id)
);

