/** This package's version, as servers and `--version` get to know it; a test holds it against package.json. */
export const version = "0.1.0"
