import { Pool, type PoolClient, type PoolConfig } from "pg";

/** What runs a statement: a connection of the pool, or the one of a transaction. */
export interface Session {
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs a statement and resolves to how many rows it has changed. */
  change(text: string, values?: readonly unknown[]): Promise<number>;
}

/** A pool of connections to PostgreSQL. */
export interface Database extends Session {
  /** Does several things together or none of them. */
  transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** @param onError told of a connection that broke while nobody used it. */
export function openDatabase(config: PoolConfig, onError: (error: Error) => void): Database {
  const pool = new Pool({ application_name: "aps-fleet", connectionTimeoutMillis: 10_000, ...config });
  pool.on("error", onError);
  return {
    ...sessionOf(pool),
    async transaction(work) {
      const connection = await pool.connect();
      let broken: Error | undefined;
      try {
        await connection.query("begin");
        const result = await work(sessionOf(connection));
        await connection.query("commit");
        return result;
      } catch (error) {
        await connection.query("rollback").catch((problem: Error) => {
          broken = problem;
        });
        throw error;
      } finally {
        connection.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

function sessionOf(connection: Pool | PoolClient): Session {
  return {
    rows: async (text, values) => (await connection.query(text, values as unknown[])).rows,
    change: async (text, values) => (await connection.query(text, values as unknown[])).rowCount ?? 0,
  };
}
