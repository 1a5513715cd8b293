META
key;value
description;"Budget participatif ; un essai"
country;France
unit;Valmont
instance;2026
num_projects;3
num_votes;4
budget;1000.50
vote_type;approval
rule;greedy
date_begin;01.09.2026
date_end;15.09.2026
min_length;0
max_length;2
x_ours;kept as it is
PROJECTS
cost;project_id;votes;name;selected;colour
300;a;3;"Le banc ""rouge""";1;red
500.25;b;2;"Deux
lignes";1;
999999999;c;0;Retiré;0;blue
VOTES
vote;voter_id;age;survey
a,b;v1;30;"x;y"
a;v2;;
b,a;v3;41;
;v4;;z
