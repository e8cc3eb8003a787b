/** The script that dumps the tables of an invented desk. */
export function dumpScriptOf(database: string): string {
  return `# Run this on the server of the desk; it only reads.\nmkdir -p portico-dump && cd portico-dump\n${
        database === "postgresql"
          ? "psql otobo -c \"\\copy (select id, login, email, customer_id, (pw <> '') as has_pw from customer_user) to 'customer_user.csv' with (format csv, header true)\""
          : "mysql otobo --batch -e \"select id, login, email, customer_id, (pw <> '') as has_pw from customer_user\" > customer_user.tsv"
      }\n`;
}
