//! The shell around the commands.

use super::driver::Driver;

fn driver() -> Driver {
    Driver::new("http://localhost:4566")
}

/// What a script prints.
#[track_caller]
fn check(script: &str, expected: &str) {
    let mut driver = driver();
    driver.run(script);
    let said = driver.output + &driver.error;
    assert_eq!(said, expected, "{script}");
}

#[test]
fn words_and_quotes() {
    check("echo a   b 'c  d' \"e  f\"", "a b c  d e  f\n");
    check("echo a\\ b \\\"x\\\" 'it'\\''s'", "a b \"x\" it's\n");
    check("echo one \\\n   two", "one two\n");
    check("echo \"a\\\nb\" \"\\$x \\\\ \\n\"", "ab $x \\ \\n\n");
    check("echo '' \"\" x", "  x\n");
    check("echo $'a\\tb' ~ a~", "a\tb /home/you a~\n");
    check("echo a#b # a comment\n# another\necho c", "a#b\nc\n");
    check(
        "echo {1..3} x{a,b}y '{1..3}' {a=1,b=2} {}",
        "1 2 3 xay xby {1..3} a=1 b=2 {}\n",
    );
}

#[test]
fn variables() {
    check("URL=x; echo $URL \"${URL}y\" '$URL'", "x xy $URL\n");
    check("A='a   b'; echo $A; echo \"$A\"", "a b\na   b\n");
    check(
        "echo [$NOTHING] ${NOTHING:-else} ${A:=b} $A ${A:+yes} ${#A}",
        "[] else b b yes 1\n",
    );
    check(
        "U=http://host/1/queue; echo ${U##*/} ${U%/*} ${U/queue/q}",
        "queue http://host/1 http://host/1/q\n",
    );
    check("export B=1 C=2; echo $B$C; unset B; echo [$B]", "12\n[]\n");
    check(
        "A=1; A=2 true; echo $A; (A=3); echo $A; $(A=4); echo $A",
        "1\n1\n1\n",
    );
    check(
        "i=1; i=$((i * 3 + 2)); echo $i $((i++)) $i $((7 / 2)) $((2 ** 10))",
        "5 5 6 3 1024\n",
    );
    check(
        "echo $((1 / 0))",
        "bash: 1 / 0: division by 0 (error token is \"0\")\n",
    );
}

#[test]
fn lists_and_status() {
    check(
        "true && echo a || echo b; false && echo c || echo d",
        "a\nd\n",
    );
    check(
        "false; echo $?; ! false; echo $?; nothing; echo $?",
        "1\n0\n127\nbash: nothing: command not found (`help' says what is here)\n",
    );
    check(
        "echo a | cat | wc -l; printf '%s-%s\\n' a b c d",
        "1\na-b\nc-d\n",
    );
    check("echo out; echo err >&2; nothing 2>/dev/null", "out\nerr\n");
    check(
        "sleep 1 & echo",
        "bash: there are no background jobs here: leave the `&' out\n",
    );
    check(
        "jq . | cat",
        "bash: jq: command not found (the AWS CLI's own --query does most of what it does)\n",
    );
}

#[test]
fn loops_and_conditions() {
    check("for i in 1 2 3; do echo $i; done", "1\n2\n3\n");
    check(
        "for i in $(seq 1 10)\ndo\n  if [ $i -gt 3 ]; then break; fi\n  echo \"n $i\"\ndone",
        "n 1\nn 2\nn 3\n",
    );
    check(
        "i=0; while [ $i -lt 3 ]; do i=$((i+1)); if [ $i = 2 ]; then continue; fi; echo $i; done",
        "1\n3\n",
    );
    check(
        "if false; then echo a; elif true; then echo b; else echo c; fi",
        "b\n",
    );
    check(
        "printf 'a b\\nc d\\n' > f; while read x y; do echo $y; done < f",
        "b\nd\n",
    );
    check(
        "for ((i=0;i<3;i++)); do echo; done",
        "bash: `for' needs a name and words: for i in 1 2 3; do ...; done\n",
    );
    check(
        "case x in x) echo;; esac",
        "bash: `case' is not known here\n",
    );
}

#[test]
fn files_and_documents() {
    check(
        "X=1\ncat > a.txt <<EOF\n$X \\$X\nEOF\ncat > b.txt <<'EOF'\n$X\nEOF\ncat a.txt b.txt; ls",
        "1 $X\n$X\na.txt\nb.txt\n",
    );
    check("cat missing", "cat: missing: No such file or directory\n");
    check("echo a > f; echo b >> f; grep -v a f; rm f; ls", "b\n");
    check("grep -c b <<< \"a\nb\nb\"", "2\n");
}

#[test]
fn text_that_is_no_command() {
    check("echo )", "bash: syntax error near unexpected token `)'\n");
    check("| cat", "bash: syntax error near unexpected token `|'\n");
    check(
        "echo a && ;",
        "bash: syntax error near unexpected token `;'\n",
    );
    check("echo ${a b}", "bash: ${a b}: bad substitution\n");
    check("done", "bash: syntax error near unexpected token `done'\n");
}

#[test]
fn what_is_wrong_does_not_end_the_rest() {
    check(
        "echo a\n)\necho b",
        "a\nb\nbash: syntax error near unexpected token `)'\n",
    );
}

#[test]
fn the_clock_is_the_virtual_one() {
    check(
        "date -u +%Y-%m-%dT%H:%M:%SZ; sleep 90; date; sleep 0.5; date +%s.%3N",
        "2026-01-01T00:00:00Z\nThu Jan  1 00:01:30 UTC 2026\n1767225690.500\n",
    );
    check(
        "sleep x; sleep",
        "sleep: invalid time interval ‘x’\nsleep: missing operand\n",
    );
}

#[test]
fn what_tutorials_paste() {
    let mut driver = driver();
    let output = driver.run(
        "# A queue for the tutorial\n\
         aws sqs create-queue --queue-name tutorial \\\n    --attributes '{\"VisibilityTimeout\":\"5\"}' > /dev/null\n\
         export QUEUE_URL=$(aws sqs get-queue-url --queue-name tutorial --query QueueUrl --output text)\n\
         echo $QUEUE_URL\n\
         for i in {1..3}; do\n  aws sqs send-message --queue-url \"$QUEUE_URL\" --message-body \"message $i\" >/dev/null\ndone\n\
         aws sqs receive-message --queue-url ${QUEUE_URL} --max-number-of-messages 10 --query 'Messages[].Body' --output text\n\
         aws sqs receive-message --queue-url `echo $QUEUE_URL` --wait-time-seconds 10 --query 'length(Messages)'\n",
    );
    assert_eq!(
        output,
        "http://localhost:4566/000000000000/tutorial\nmessage 1\tmessage 2\tmessage 3\n1\n"
    );
    assert_eq!(driver.error, "");
}
