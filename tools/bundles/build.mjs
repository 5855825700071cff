// Write the bundles of server/static/vendor from the locked packages, with their licences and a record of what each holds.
// Run by `make bundles`; the same lock gives the same bytes (tests/server/test_vendor.py compares their hashes with the records).
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, version } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const vendor = join(here, "..", "..", "server", "static", "vendor");

/* file -> what it is called in a page */
const bundles = { codemirror: "CodeMirror", sigma: "Sigma" };

/* Only what is in a bundle counts: a package that was installed and not used needs no licence here. */
const packagesOf = (metafile) => {
  const output = Object.values(metafile.outputs)[0];
  const used = Object.keys(output.inputs).filter((path) => output.inputs[path].bytesInOutput > 0);
  const names = [...new Set(used.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean))].sort();
  return names.map((name) => {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license"].map((each) => join(folder, each)).find(existsSync);
    if (!file) throw new Error(`${name} comes without the text of its licence`);
    return { name, version: about.version, license: about.license, text: readFileSync(file, "utf8").trim() };
  });
};

mkdirSync(vendor, { recursive: true });
for (const [name, globalName] of Object.entries(bundles)) {
  const made = await build({
    absWorkingDir: here,
    entryPoints: [`${name}.js`],
    bundle: true,
    minify: true,
    format: "iife",
    globalName,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    banner: {
      js: `/* Packages of others, unchanged; versions in ${name}.json, licences in ${name}.txt. Written by \`make bundles\`. */`,
    },
    metafile: true,
    write: false,
  });
  const packages = packagesOf(made.metafile);
  const code = Buffer.from(made.outputFiles[0].contents);
  const record = {
    file: `${name}.js`,
    sha256: createHash("sha256").update(code).digest("hex"),
    bytes: code.length,
    esbuild: version,
    packages: Object.fromEntries(packages.map((each) => [each.name, `${each.version} ${each.license}`])),
  };
  const line = "─".repeat(100);
  const licences = packages.map((each) => `${each.name} ${each.version} (${each.license})\n\n${each.text}\n`);
  writeFileSync(join(vendor, `${name}.js`), code);
  writeFileSync(join(vendor, `${name}.json`), `${JSON.stringify(record, null, 2)}\n`);
  writeFileSync(join(vendor, `${name}.txt`), licences.join(`\n${line}\n\n`));
  console.log(`${name}.js: ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} gzipped, sha256 ${record.sha256}`);
}
