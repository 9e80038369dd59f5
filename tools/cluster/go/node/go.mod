module quizapp/cluster/node

go 1.26.0
