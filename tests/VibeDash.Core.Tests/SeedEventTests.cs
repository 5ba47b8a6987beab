using VibeDash.Core.Sensors;

namespace VibeDash.Core.Tests;

public sealed class SeedEventTests
{
    [Fact]
    public void Is_a_valid_sensor_id() => SensorId.IsValid("VB-42345").ShouldBeTrue();
}
