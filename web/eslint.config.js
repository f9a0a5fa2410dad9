import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { "react-hooks": hooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "no-restricted-syntax": [
        "error",
        {
          // One place decides how a request looks and what its failure means.
          selector: "CallExpression[callee.name='fetch']",
          message: "Use src/api/client.ts, so that problems, versions and sign-in are handled in one place.",
        },
      ],
    },
  },
  // Exceptions: the client itself, background code that has no page, and the tests.
  { files: ["src/api/client.ts", "src/offline/**", "e2e/**"], rules: { "no-restricted-syntax": "off" } },
);
