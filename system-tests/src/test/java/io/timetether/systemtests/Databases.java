package io.timetether.systemtests;

import io.timetether.localrun.product.LocalProduct;
import io.timetether.localrun.settings.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** All that the product keeps, whichever service it belongs to, as PostgreSQL's own superuser sees it. */
final class Databases {

    private Databases() {}

    /** Rows of any table of any database in which one of the texts stands, as text or as bytes, in any case of letters. */
    static List<String> rowsWith(LocalProduct local, List<String> texts) {
        List<String> found = new ArrayList<>();
        try {
            for (String database : names(local)) {
                try (Connection connection = connect(local, database)) {
                    for (String table : names(connection, """
                            SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
                            WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
                            """)) {
                        for (String text : texts) {
                            search(connection, database, table, text, found);
                        }
                    }
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a statement. */
    static void change(LocalProduct local, String database, String statement) {
        try (Connection connection = connect(local, database);
                Statement change = connection.createStatement()) {
            change.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one number that a query answers. */
    static long number(LocalProduct local, String database, String query) {
        try (Connection connection = connect(local, database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void search(Connection connection, String database, String table, String text, List<String> found)
            throws SQLException {
        String query = "SELECT left(row_to_json(t)::text, 400) FROM " + table + " t"
                + " WHERE strpos(lower(row_to_json(t)::text), lower(?)) > 0 OR strpos(row_to_json(t)::text, ?) > 0";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, text);
            statement.setString(2, HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(database + " " + table + ": " + rows.getString(1));
                }
            }
        }
    }

    private static List<String> names(LocalProduct local) throws SQLException {
        try (Connection connection = connect(local, "postgres")) {
            return names(connection, "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate");
        }
    }

    private static List<String> names(Connection connection, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static Connection connect(LocalProduct local, String database) throws SQLException {
        try {
            String password = Files.readString(local.settings().data().resolve("postgresql/superuser-password"));
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + local.settings().port(Port.DATABASE) + "/" + database,
                    "postgres",
                    password.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
