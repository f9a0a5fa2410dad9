-- What stands against closing (存疑暂缓结案): marks that another room sets and takes away. Sending it back to be fixed again takes them all away.
alter table lead add column closing_holds uuid[] not null default '{}';
