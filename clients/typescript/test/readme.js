// Turns the README's examples into one program: node readme.js README PROGRAM.ts
//
// What stands behind `//` after a `console.log` is what it prints; `…` stands for any text.
import { readFileSync, writeFileSync } from "node:fs";

const [readme, program] = process.argv.slice(2);
const blocks = [...readFileSync(readme, "utf8").matchAll(/^```ts\n(.*?)^```$/gms)].map((block) => block[1]);
let told = 0;
const lines = blocks.join("").split("\n").map((line) => {
  const found = /^(.*)console\.log\((.*)\); \/\/ (.*)$/.exec(line);
  if (!found) return line;
  told += 1;
  return `${found[1]}tells(${JSON.stringify(found[3])}, ${found[2]});`;
});
const imports = lines.filter((line) => line.startsWith("import "));
const rest = lines.filter((line) => !line.startsWith("import "));
writeFileSync(
  program,
  `${imports.join("\n")}
import { format } from "node:util";

let told = 0;
function tells(expected: string, ...values: unknown[]): void {
  told += 1;
  const said = format(...values);
  const pattern = expected.split("…").map((part) => part.replace(/[.*+?^$(){}|[\\]\\\\]/g, "\\\\$&")).join(".*");
  if (!new RegExp("^" + pattern + "$").test(said)) throw new Error(\`it printed \${said}, not \${expected}\`);
}

${rest.join("\n")}
if (told < ${told}) throw new Error(\`\${told} of ${told} lines were printed\`);
console.log(\`typescript (README): \${told} answers as shown\`);
`,
);
