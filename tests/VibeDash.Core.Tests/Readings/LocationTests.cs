using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

public sealed class LocationTests
{
    [Theory]
    [InlineData("Motor Assembly Line B, Conveyor Unit 4", "Motor Assembly Line B", "Conveyor Unit 4")]
    [InlineData("Plant 1, Hall 2, Line 3, Press 4", "Plant 1, Hall 2, Line 3", "Press 4")]
    [InlineData("Press 4", "", "Press 4")]
    [InlineData("  Hall 2 ,  Press 4  ", "Hall 2", "Press 4")]
    [InlineData("Hall 2,,Press 4,", "Hall 2", "Press 4")]
    [InlineData("Hall 2,Press 4", "Hall 2", "Press 4")]
    [InlineData("", "", "")]
    [InlineData(" , ,", "", "")]
    public void The_last_part_is_the_machine_and_the_rest_the_place(string text, string place, string machine) =>
        Location.Parse(text).ShouldBe(new Location(place, machine));
}
