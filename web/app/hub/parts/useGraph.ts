import { type UseQueryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useNotify } from "react-admin";

import { said, together } from "../../shared/said";
import { Fault, type Typed, type UserError, send } from "../../shared/send";
import { words } from "../../words/hub";
import { outside } from "../auth";
import { sendAgain } from "./again";

type More<Data> = Pick<UseQueryOptions<Data>, "placeholderData">;

/** Asks once, keeps the answer under a name, and leads out when the session has ended. */
export function useAnswer<Data>(queryKey: unknown[], ask: () => Promise<Data>, more: More<Data> = {}) {
  return useQuery<Data>({
    ...more,
    queryKey,
    queryFn: () =>
      ask().catch(async (error: unknown) => {
        await outside(error);
        throw error;
      }),
  });
}

/** The same of one document. */
export function useGraph<Data, Variables>(key: string, document: Typed<Data, Variables>, variables?: Variables, more: More<Data> = {}) {
  return useAnswer([key, variables ?? null], () => send(document, variables), more);
}

interface Changed {
  done: { userErrors: UserError[] };
}

/** Makes a change, loads what is shown anew, and says that it is done. What is to be mended is answered. */
export function useChange() {
  const queries = useQueryClient();
  const notify = useNotify();
  return useCallback(
    async <Data extends Changed, Variables>(
      document: Typed<Data, Variables>,
      variables: Variables,
      done?: string | ((data: Data) => void),
    ): Promise<UserError[]> => {
      try {
        const data = await sendAgain(document, variables);
        if (data.done.userErrors.length) return data.done.userErrors;
        await queries.invalidateQueries();
        if (typeof done === "function") done(data);
        else notify(done ?? words.saved, { type: "success" });
        return [];
      } catch (error) {
        await outside(error);
        if (error instanceof Fault && error.code === "CONFLICT") {
          await queries.invalidateQueries();
          return [{ message: words.conflict, code: error.code }];
        }
        return [{ message: said(error) }];
      }
    },
    [queries, notify],
  );
}

/** Makes a change that has no form around it: what is wrong is told as it comes. */
export function useChangeAtOnce() {
  const change = useChange();
  const notify = useNotify();
  return useCallback(
    async <Data extends Changed, Variables>(document: Typed<Data, Variables>, variables: Variables, done?: string | ((data: Data) => void)) => {
      const wrong = await change(document, variables, done);
      if (wrong.length) notify(together(wrong), { type: "error" });
    },
    [change, notify],
  );
}
