package io.timetether.scheduling.database;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Speaks SQL as the service does, and asks PostgreSQL beforehand how it will carry each statement out. */
public class ExplainingSql extends Sql {

    private final Map<String, String> plans = new ConcurrentHashMap<>();

    public ExplainingSql(DataSource dataSource) {
        super(dataSource);
    }

    /** As if nothing had been run so far. */
    public void forget() {
        plans.clear();
    }

    /** The plan of each statement that was run, by its text. */
    public Map<String, String> plans() {
        return new TreeMap<>(plans);
    }

    @Override
    public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        explain(sql, arguments);
        return super.list(sql, reader, arguments);
    }

    @Override
    public int change(String sql, @Nullable Object... arguments) {
        explain(sql, arguments);
        return super.change(sql, arguments);
    }

    private void explain(String sql, @Nullable Object[] arguments) {
        if (!sql.contains("advisory")) {
            plans.put(sql, String.join("\n", super.list("EXPLAIN " + sql, row -> row.text("QUERY PLAN"), arguments)));
        }
    }
}
