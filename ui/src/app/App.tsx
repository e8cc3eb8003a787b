import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorBoundary } from "./ErrorBoundary";
import { Providers } from "./providers";
import { makeRouter } from "./router";

/** The whole window. */
export function App({ env }: { env?: "test" }) {
  const [router] = useState(makeRouter);
  return (
    <Providers env={env}>
      <ErrorBoundary>
        <RouterProvider router={router} />
      </ErrorBoundary>
    </Providers>
  );
}
