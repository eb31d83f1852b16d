DROP TABLE activity_users;
DROP TABLE activity_contacts;
DROP TABLE activities;
