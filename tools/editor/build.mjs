// Write server/static/vendor/codemirror.js from the locked packages, with their licences and a record of what it holds.
// Run by `make editor`; the same lock gives the same bytes (tests/server/test_vendor.py compares their hash with the record).
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, version } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const vendor = join(here, "..", "..", "server", "static", "vendor");

const made = await build({
  absWorkingDir: here,
  entryPoints: ["codemirror.js"],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "CodeMirror",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/* Packages of others, unchanged; versions in codemirror.json, licences in codemirror.txt. Written by `make editor`. */" },
  metafile: true,
  write: false,
});

/* Only what is in the bundle counts: a package that was installed and not used needs no licence here. */
const output = Object.values(made.metafile.outputs)[0];
const used = Object.keys(output.inputs).filter((path) => output.inputs[path].bytesInOutput > 0);
const names = [...new Set(used.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean))].sort();
const packages = names.map((name) => {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.md", "LICENCE", "license"].map((each) => join(folder, each)).find(existsSync);
  if (!file) throw new Error(`${name} comes without the text of its licence`);
  return { name, version: about.version, license: about.license, text: readFileSync(file, "utf8").trim() };
});

const code = Buffer.from(made.outputFiles[0].contents);
const record = {
  file: "codemirror.js",
  sha256: createHash("sha256").update(code).digest("hex"),
  bytes: code.length,
  esbuild: version,
  packages: Object.fromEntries(packages.map((each) => [each.name, `${each.version} ${each.license}`])),
};
const line = "─".repeat(100);
const licences = packages.map((each) => `${each.name} ${each.version} (${each.license})\n\n${each.text}\n`).join(`\n${line}\n\n`);

mkdirSync(vendor, { recursive: true });
writeFileSync(join(vendor, "codemirror.js"), code);
writeFileSync(join(vendor, "codemirror.json"), `${JSON.stringify(record, null, 2)}\n`);
writeFileSync(join(vendor, "codemirror.txt"), licences);
console.log(`codemirror.js: ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} gzipped, sha256 ${record.sha256}`);
