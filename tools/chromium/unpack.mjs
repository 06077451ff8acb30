// Unpacks the compressed browser of @sparticuz/chromium into the folder named on the command line.
import { createReadStream, createWriteStream, mkdirSync } from "node:fs";
import { chmod, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar-fs";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "node_modules", "@sparticuz", "chromium", "bin");
const target = process.argv[2];
mkdirSync(target, { recursive: true });

async function unpackTar(name) {
  await pipeline(createReadStream(join(source, name)), createBrotliDecompress(), extract(target));
}

for (const name of ["al2023.tar.br", "swiftshader.tar.br", "fonts.tar.br"]) {
  await unpackTar(name);
}
const unfinished = join(target, "chromium.part");
await pipeline(
  createReadStream(join(source, "chromium.br")),
  createBrotliDecompress(),
  createWriteStream(unfinished),
);
await chmod(unfinished, 0o755);
await rename(unfinished, join(target, "chromium"));
