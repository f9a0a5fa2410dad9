// The failed browser tests in few lines, so that the end of a long log says what broke.
//
//   node scripts/failed-browser-tests.mjs REPORT.json
import { readFileSync } from "node:fs";

const { testResults } = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const file of testResults) {
  const name = file.name.split("/").at(-1);
  if (file.status === "failed" && file.assertionResults.length === 0) console.log(`✗ ${name}: ${file.message.slice(0, 400)}`);
  for (const test of file.assertionResults.filter((it) => it.status === "failed")) {
    // Colours of the terminal say nothing in a log.
    const why = test.failureMessages.join(" ").replace(/\u001b\[[0-9;]*m/g, "").replace(/\s+/g, " ").slice(0, 400);
    console.log(`✗ ${name} > ${test.fullName}: ${why}`);
  }
}
